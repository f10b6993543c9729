def test_it(stocked, session):
    assert session.service is stocked
