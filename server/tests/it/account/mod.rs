mod availability;
mod link;
mod managing;
mod member;
mod moving;
mod revoke;
mod sign_in;
