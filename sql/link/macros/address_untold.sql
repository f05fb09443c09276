-- Nothing of an address can be compared.
CREATE OR REPLACE MACRO address_untold(county, place, house) AS county IS NULL AND (place IS NULL OR house IS NULL)
