use super::{feed, source};
use crate::call::Caller;
use app::{
    calendar::{Feed, IssuedFeed, Port, Source},
    failure::Answer,
};

impl Port for Caller {
    fn look_at_feed(&self) -> Answer<'_, Option<Feed>> {
        Box::pin(async move { Ok(feed::look(&self.state, self.session()?).await?) })
    }

    fn make_feed(&self) -> Answer<'_, IssuedFeed> {
        Box::pin(async move { Ok(feed::make(&self.state, self.session()?).await?) })
    }

    fn stop_feed(&self) -> Answer<'_, ()> {
        Box::pin(async move { Ok(feed::stop(&self.state, self.session()?).await?) })
    }

    fn look_at_source(&self) -> Answer<'_, Option<Source>> {
        Box::pin(async move { Ok(source::look(&self.state, self.session()?).await?) })
    }

    fn save_source(&self, address: String) -> Answer<'_, Source> {
        Box::pin(async move { Ok(source::save(&self.state, self.session()?, &address).await?) })
    }

    fn read_source(&self) -> Answer<'_, Source> {
        Box::pin(async move { Ok(source::read_now(&self.state, self.session()?).await?) })
    }

    fn stop_source(&self) -> Answer<'_, ()> {
        Box::pin(async move { Ok(source::stop(&self.state, self.session()?).await?) })
    }
}
