"""What is called by its own name, whatever CLDR says."""

from loaders.language import language


def test_kyrgyz_and_kyrgyzstan_bear_no_name_of_other_times_in_russian():
    t = language("ru")
    assert (t.tongue("ky"), t.country("KG")) == ("кыргызский", "Кыргызстан")
    assert (t.tongue("ru"), t.country("KZ")) == ("русский", "Казахстан")
