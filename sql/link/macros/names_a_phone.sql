-- How many names may stand with a phone that still tells who somebody is: a family has one.
CREATE OR REPLACE MACRO names_a_phone() AS 3
