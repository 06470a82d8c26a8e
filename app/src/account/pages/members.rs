//! The members, for administrators: who may sign in, as what, and how they get in.

mod deactivate;
mod form;
mod link;
mod list;
mod show;

use super::member_address;
use crate::{
    account::{MemberLine, members},
    id::MemberId,
    online::Load,
    route::param,
};

pub(super) use form::{EditMember, NewMember};
pub(super) use list::Members;
pub(super) use show::ShowMember;

/// The member that the address names, as the server has it now: a form over what a phone held before would undo what others changed since.
#[derive(Clone, Copy)]
struct Named {
    id: Option<MemberId>,
    all: Load<Vec<MemberLine>>,
}

impl Named {
    fn new() -> Self {
        Self { id: param("member"), all: Load::new(members) }
    }

    fn get(self) -> Option<MemberLine> {
        self.all.get().and_then(|all| self.find(all))
    }

    fn find(self, all: Vec<MemberLine>) -> Option<MemberLine> {
        all.into_iter().find(|line| Some(line.member.id) == self.id)
    }
}
