-- Houses and rooms in which too many of the whole base stand, beside those found among the people in hand.
CREATE OR REPLACE TABLE shared_house AS SELECT h_place, h_house FROM shared_house UNION SELECT h_place, h_house FROM around_shared_house;
CREATE OR REPLACE TABLE shared_room AS SELECT c_place, c_house FROM shared_room UNION SELECT c_place, c_house FROM around_shared_room
