use super::{no_cookie, queries, refresh, sign_in};
use crate::{call::Caller, clock, error::Error};
use app::account::{Answer, Identity, Password, Port};

impl Port for Caller {
    fn sign_in(&self, email: String, password: Password) -> Answer<'_, Identity> {
        Box::pin(async move {
            let (identity, cookie) = sign_in(&self.state, &email, password, &self.client).await?;
            self.set_cookie(&cookie);
            Ok(identity)
        })
    }

    fn sign_out(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let session = self.session()?;
            let mut tx = self.state.db.write().await.map_err(Error::from)?;
            queries::end_session(&mut tx, session.organisation, session.actor.member.id, &session.id).await?;
            tx.commit().await.map_err(Error::from)?;
            self.set_cookie(&no_cookie(self.state.config.is_https()));
            Ok(())
        })
    }

    fn sign_out_everywhere(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let session = self.session()?;
            let mut tx = self.state.db.write().await.map_err(Error::from)?;
            queries::end_sessions(&mut tx, session.organisation, session.actor.member.id).await?;
            tx.commit().await.map_err(Error::from)?;
            self.set_cookie(&no_cookie(self.state.config.is_https()));
            Ok(())
        })
    }

    fn who_am_i(&self) -> Answer<'_, Identity> {
        Box::pin(async move {
            let session = self.session()?;
            if let Some(cookie) = refresh(&self.state.db, session, clock::now(), self.state.config.is_https()).await? {
                self.set_cookie(&cookie);
            }
            let member = &session.actor.member;
            Ok(Identity { organisation: session.organisation, member: member.id, name: member.name.clone() })
        })
    }
}
