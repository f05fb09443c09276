-- Names that are no one person's under one number.
SELECT DISTINCT name, other FROM disputed WHERE apart
