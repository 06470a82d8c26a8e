mod feed;
mod source;
