use super::{all, apply, discard, open};
use crate::call::Caller;
use app::{
    failure::Answer,
    id::MutationId,
    quarantine::{Correction, Port, QuarantineLine, Quarantined},
};

impl Port for Caller {
    fn quarantine(&self) -> Answer<'_, Vec<QuarantineLine>> {
        Box::pin(async move { Ok(all(&self.state, self.session()?.organisation).await?) })
    }

    fn open_quarantined(&self, id: MutationId, offset_minutes: i16) -> Answer<'_, Quarantined> {
        Box::pin(async move { Ok(open(&self.state, self.session()?, id, offset_minutes).await?) })
    }

    fn apply_quarantined(&self, id: MutationId, correction: Option<Correction>) -> Answer<'_, ()> {
        Box::pin(async move { Ok(self.write(move |writing, actor| Box::pin(apply(writing, actor, id, correction))).await?) })
    }

    fn discard_quarantined(&self, id: MutationId, reason: String) -> Answer<'_, ()> {
        Box::pin(async move {
            let work = self.write(move |writing, actor| Box::pin(async move { discard(writing, actor, id, &reason).await }));
            Ok(work.await?)
        })
    }
}
