//! Do the same words in different files give the same records?
