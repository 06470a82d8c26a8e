mod link;
mod member;
mod sign_in;
