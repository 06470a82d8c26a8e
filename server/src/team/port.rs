use super::{remove, save};
use crate::call::Caller;
use app::{
    failure::Answer,
    id::TeamId,
    team::{Port, Team},
};

impl Port for Caller {
    fn save_team(&self, team: Team) -> Answer<'_, ()> {
        Box::pin(async move { Ok(self.write(|writing, _| Box::pin(save(writing, team))).await?) })
    }

    fn remove_team(&self, id: TeamId) -> Answer<'_, ()> {
        Box::pin(async move { Ok(self.write(move |writing, _| Box::pin(remove(writing, id))).await?) })
    }
}
