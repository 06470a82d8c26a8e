use super::plan::Plan;
use crate::{
    account::audience_of_customer,
    customer::republish,
    db::{self, Writing, execute},
    error::Error,
};

/// Does what was planned, in the transaction in which it was planned.
pub(super) async fn carry_out(writing: &mut Writing, plan: Plan) -> Result<(), Error> {
    for (customer, moved) in plan.customers() {
        if moved {
            republish(writing, customer).await?;
        } else {
            let audience = audience_of_customer(writing, customer).await?;
            db::save(writing, customer, &audience).await?;
        }
    }
    for (customer, contact) in plan.contacts() {
        let audience = audience_of_customer(writing, customer).await?;
        db::save(writing, contact, &audience).await?;
    }
    let organisation = writing.organisation.to_string();
    for (external_id, customer) in plan.external_ids() {
        execute!(
            writing.tx.up_to_date().await?,
            "insert into customer_external_id (organisation, external_id, customer) values ($1, $2, $3)",
            &organisation,
            external_id,
            customer.to_string()
        )?;
    }
    Ok(())
}
