"""Making the learned parts anew from annotated articles: the tables of the rules, the reader, the confidence."""
