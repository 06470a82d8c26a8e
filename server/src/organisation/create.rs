use super::time_zone;
use crate::{
    account, clock,
    db::{self, Db, Transaction, Writing, execute, fetch_optional},
    error::Error,
    random, score,
};
use app::{
    account::{Member, Role, check_email, fold_email},
    id::{EpochId, MemberId, OrganisationId, SealingKeyId},
    organisation::{Organisation, Rules},
    survey::SealingKey,
    sync::{
        Refusal,
        protocol::{Entity, Scope},
    },
    team::Team,
    text,
};
use std::collections::BTreeSet;

/// What a new organisation needs.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// As customers know it.
    pub name: String,
    /// IANA name.
    pub time_zone: String,
    /// Its first member's name.
    pub administrator: String,
    /// That member's email address.
    pub email: String,
    /// That member's password, as an Argon2id hash in PHC format; without one the member sets it by a link.
    pub password_hash: Option<String>,
    /// Its rules.
    pub rules: Rules,
}

/// Creates an organisation with one administrator.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field, or where the email address is taken.
pub async fn create(db: &Db, new: NewOrganisation) -> Result<(Organisation, Member), Error> {
    text::check_required("name", &new.name, text::NAME_MAX)?;
    text::check_required("administrator", &new.administrator, text::NAME_MAX)?;
    let zone = time_zone(&new.time_zone)?;
    check_email(&fold_email(&new.email))?;
    let now = clock::now();
    let secret = crypto_box::SecretKey::from(random::bytes::<32>());
    let sealing_key =
        SealingKey { id: SealingKeyId(random::uuid()), public: data_encoding::HEXLOWER.encode(secret.public_key().as_bytes()) };
    let organisation = Organisation {
        id: OrganisationId(random::uuid()),
        name: new.name.trim().to_owned(),
        code: random::secret()[..6].to_owned(),
        time_zone: zone.name().to_owned(),
        purpose: "We ask our customers how our meetings were, to learn from it: what helped, what did not, and what to do differently \
                  next time. Answers never decide about pay or contracts."
            .to_owned(),
        purpose_dated: now.to_utc().with_timezone(&zone).date_naive(),
        privacy_notice: "Your answers are used to serve you better. They are kept by us, shown only to the people named above, and \
                         never sold or passed on. Ask us at any time to see or delete them."
            .to_owned(),
        rules: new.rules,
        sealing_key,
    };
    let administrator = Member {
        id: MemberId(random::uuid()),
        name: new.administrator.trim().to_owned(),
        email: fold_email(&new.email),
        team: None,
        roles: BTreeSet::from([Role::Administrator]),
        active: true,
    };
    let mut writing = first_transaction(db, &organisation).await?;
    execute!(
        writing.tx.up_to_date().await?,
        "insert into sealing_key (organisation, id, secret) values ($1, $2, $3)",
        organisation.id.to_string(),
        organisation.sealing_key.id.to_string(),
        data_encoding::HEXLOWER.encode(&secret.to_bytes())
    )?;
    writing.publish(Entity::Organisation, &organisation.id.to_string(), &BTreeSet::from([Scope::Organisation]));
    save_member(&mut writing, &administrator).await?;
    if let Some(hash) = &new.password_hash {
        account::set_password_hash(writing.tx.up_to_date().await?, organisation.id, administrator.id, hash).await?;
    }
    writing.commit().await?;
    Ok((organisation, administrator))
}

/// The transaction that makes the organisation: its sequence and epoch begin here, so the writer cannot have begun it.
async fn first_transaction(db: &Db, organisation: &Organisation) -> Result<Writing, Error> {
    let (mut tx, sequence, epoch) = (db.write().await?, 1_i64, EpochId(random::uuid()));
    execute!(
        &mut tx,
        "insert into organisation (id, code, sequence, body) values ($1, $2, $3, $4)",
        organisation.id.to_string(),
        &organisation.code,
        sequence,
        serde_json::to_string(organisation)?
    )?;
    execute!(
        &mut tx,
        "insert into epoch (organisation, first_sequence, id) values ($1, $2, $3)",
        organisation.id.to_string(),
        sequence,
        epoch.to_string()
    )?;
    Ok(Writing::new(tx, organisation.id, sequence, epoch, 0))
}

/// The organisation, if there is one of that id.
///
/// # Errors
/// The database's.
pub async fn find(tx: &mut Transaction, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    let row = fetch_optional!(tx, (String,), "select body from organisation where id = $1", id.to_string())?;
    row.map(|(body,)| serde_json::from_str(&body).map_err(Error::from)).transpose()
}

/// Keeps the organisation's own row; every member sees it.
///
/// # Errors
/// The database's.
pub async fn save(writing: &mut Writing, organisation: &Organisation) -> Result<(), Error> {
    let id = organisation.id.to_string();
    execute!(writing.tx.up_to_date().await?, "update organisation set body = $2 where id = $1", &id, serde_json::to_string(organisation)?)?;
    writing.publish(Entity::Organisation, &id, &BTreeSet::from([Scope::Organisation]));
    Ok(())
}

/// Keeps a team; every member sees the teams.
///
/// # Errors
/// The database's.
pub async fn save_team(writing: &mut Writing, team: &Team) -> Result<(), Error> {
    db::save(writing, team, &BTreeSet::from([Scope::Organisation])).await
}

/// Keeps a member, whom every member sees, and the email address that signs the member in.
///
/// # Errors
/// [`Refusal::Invalid`] where the address is taken.
pub async fn save_member(writing: &mut Writing, member: &Member) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let row = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String, String),
        "select organisation, member from address where email = $1",
        &member.email
    )?;
    match row {
        Some(owner) if owner == (organisation.clone(), member.id.to_string()) => {}
        Some(_) => return Err(address_taken().into()),
        None => {
            execute!(
                writing.tx.up_to_date().await?,
                "delete from address where organisation = $1 and member = $2",
                &organisation,
                member.id.to_string()
            )?;
            // Another organisation may take it between the look and this.
            let taken = execute!(
                writing.tx.up_to_date().await?,
                "insert into address (email, organisation, member) values ($1, $2, $3) on conflict (email) do nothing",
                &member.email,
                &organisation,
                member.id.to_string()
            )?;
            if taken == 0 {
                return Err(address_taken().into());
            }
        }
    }
    // Who sees the member's score follows the team.
    score::mark_stale(writing).await?;
    db::save(writing, member, &BTreeSet::from([Scope::Organisation])).await
}

fn address_taken() -> Refusal {
    Refusal::invalid("email", "somebody signs in with this address already")
}
