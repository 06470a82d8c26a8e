mod assign;
mod import;
