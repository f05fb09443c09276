ANALYZE told_party;
