use crate::on_both_engines;

on_both_engines! {
    async fn the_doctor_learns_how_many_migrations_have_not_run(app) {
        let pending = async || app.state.db.pending_migrations().await.expect("the database answers");
        assert_eq!(pending().await, 0);
        app.sql("delete from _sqlx_migrations where version in (1, 2)").await;
        assert_eq!(pending().await, 2);
        app.sql("drop table _sqlx_migrations").await;
        assert!(pending().await > 2, "over an empty database all of them");
    }
}
