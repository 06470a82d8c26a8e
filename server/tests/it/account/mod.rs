mod link;
mod member;
mod moving;
mod sign_in;
