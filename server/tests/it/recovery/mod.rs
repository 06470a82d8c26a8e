//! Making it right: what opens a case, who sees it, who does what.

mod by_hand;
mod by_rule;

use crate::support::Phone;
use app::{recovery::RecoveryCase, sync::protocol::Row};

async fn cases(phone: &mut Phone<'_>) -> Vec<RecoveryCase> {
    phone.rows().await.into_iter().filter_map(|row| if let Row::RecoveryCase(case) = row { Some(case) } else { None }).collect()
}
