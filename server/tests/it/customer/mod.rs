mod assign;
mod import;
mod insight;
