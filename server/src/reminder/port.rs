use super::{key::Key, subscription};
use crate::call::Caller;
use app::{
    failure::Answer,
    reminder::{Port, Reminders, Subscription, Wanted},
};

impl Port for Caller {
    fn look_at_reminders(&self) -> Answer<'_, Reminders> {
        Box::pin(async move {
            let (session, key) = (self.session()?, Key::of(&self.state.db).await?);
            Ok(Reminders { key: key.public(), here: subscription::look(&self.state, session).await? })
        })
    }

    fn start_reminders(&self, subscription: Subscription, wanted: Wanted) -> Answer<'_, ()> {
        Box::pin(async move { Ok(subscription::start(&self.state, self.session()?, &subscription, &wanted).await?) })
    }

    fn move_reminders(&self, subscription: Subscription) -> Answer<'_, ()> {
        Box::pin(async move { Ok(subscription::move_to(&self.state, self.session()?, &subscription).await?) })
    }

    fn stop_reminders(&self) -> Answer<'_, ()> {
        Box::pin(async move { Ok(subscription::stop(&self.state, self.session()?).await?) })
    }
}
