use super::save_settings;
use crate::call::Caller;
use app::{
    failure::Answer,
    organisation::{Port, Settings},
};

impl Port for Caller {
    fn save_settings(&self, settings: Settings) -> Answer<'_, ()> {
        Box::pin(async move { Ok(self.write(|writing, _| Box::pin(save_settings(writing, settings))).await?) })
    }
}
