-- How many names may stand in a house or a room that still tells who somebody is: more live in a dormitory.
CREATE OR REPLACE MACRO names_a_house() AS 8
