use super::{Which, accept_link, issue_link, look_at_link, members, no_cookie, queries, refresh, revoke, save_member, sign_in};
use crate::{State, call::Caller, clock, error::Error};
use app::{
    account::{Identity, IssuedLink, LinkHolder, Member, MemberLine, Password, Port, SessionLine},
    failure::Answer,
    id::{MemberId, OrganisationId},
    sync::protocol::ProblemCode,
};

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
            self.state.writer.commit(tx, session.organisation).await?;
            self.set_cookie(&no_cookie(self.state.config.is_https()));
            Ok(())
        })
    }

    fn sign_out_everywhere(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let session = self.session()?;
            let mut tx = self.state.db.write().await.map_err(Error::from)?;
            queries::end_sessions(&mut tx, session.organisation, session.actor.member.id).await?;
            self.state.writer.commit(tx, session.organisation).await?;
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

    fn sessions(&self) -> Answer<'_, Vec<SessionLine>> {
        Box::pin(async move {
            let session = self.session()?;
            let mut tx = self.state.db.read().await.map_err(Error::from)?;
            Ok(queries::sessions(&mut tx, session.organisation, session.actor.member.id, &session.id, clock::now()).await?)
        })
    }

    fn end_session(&self, id: String) -> Answer<'_, ()> {
        Box::pin(async move {
            let session = self.session()?;
            let mut tx = self.state.db.write().await.map_err(Error::from)?;
            queries::end_session(&mut tx, session.organisation, session.actor.member.id, &id).await?;
            Ok(self.state.writer.commit(tx, session.organisation).await?)
        })
    }

    fn revoke_session(&self, id: String) -> Answer<'_, ()> {
        Box::pin(async move {
            let session = self.session()?;
            if id == session.id {
                return Err(Error::problem(ProblemCode::Malformed, "This is the device you use. Sign out on it instead.").into());
            }
            Ok(revoke_now(&self.state, session.organisation, session.actor.member.id, Which::One(&id)).await?)
        })
    }

    fn revoke_others(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let session = self.session()?;
            Ok(revoke_now(&self.state, session.organisation, session.actor.member.id, Which::AllBut(&session.id)).await?)
        })
    }

    fn revoke_devices(&self, member: MemberId) -> Answer<'_, ()> {
        Box::pin(async move {
            let session = self.session()?;
            // Of one's own, the one at hand stays.
            let which = if member == session.actor.member.id { Which::AllBut(&session.id) } else { Which::All };
            Ok(revoke_now(&self.state, session.organisation, member, which).await?)
        })
    }

    fn look_at_link(&self, token: String) -> Answer<'_, LinkHolder> {
        Box::pin(async move { Ok(look_at_link(&self.state, &token).await?) })
    }

    fn accept_link(&self, token: String, password: Password) -> Answer<'_, Identity> {
        Box::pin(async move {
            let (identity, cookie) = accept_link(&self.state, &token, password, &self.client).await?;
            self.set_cookie(&cookie);
            Ok(identity)
        })
    }

    fn members(&self) -> Answer<'_, Vec<MemberLine>> {
        Box::pin(async move { Ok(members(&self.state, self.session()?.organisation).await?) })
    }

    fn save_member(&self, member: Member) -> Answer<'_, ()> {
        Box::pin(async move { Ok(self.write(|writing, actor| Box::pin(save_member(writing, actor, member))).await?) })
    }

    fn issue_link(&self, member: MemberId) -> Answer<'_, IssuedLink> {
        Box::pin(async move { Ok(issue_link(&self.state, self.session()?.organisation, member).await?) })
    }
}

/// Revokes in a transaction of its own.
async fn revoke_now(state: &State, organisation: OrganisationId, member: MemberId, which: Which<'_>) -> Result<(), Error> {
    let mut tx = state.db.write().await?;
    revoke(&mut tx, organisation, member, which).await?;
    state.writer.commit(tx, organisation).await
}
