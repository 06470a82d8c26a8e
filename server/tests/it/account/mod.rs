mod link;
mod managing;
mod member;
mod moving;
mod sign_in;
