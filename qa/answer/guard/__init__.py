"""The contradiction guard: is the article about the place, body, person, office, year and number that was asked?"""
