//! Requests whose answer nobody waits for any more, such as a phone's that loses the network.

use crate::support::TestApp;
use futures_util::FutureExt;

#[tokio::test]
async fn whoever_goes_while_a_transaction_begins_leaves_none_behind_for_the_next() {
    let Some(app) = TestApp::postgres().await else { return };
    for time in 0..20 {
        // Asked for, and given up before PostgreSQL has answered.
        assert!(app.state.db.read().now_or_never().is_none());
        app.team(&format!("Team {time}"), None).await;
    }
    assert_eq!(app.number("select count(*) from team").await, 20);
}
