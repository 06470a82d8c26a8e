mod assign;
mod import;
mod insight;
mod merge;
mod uniting;
