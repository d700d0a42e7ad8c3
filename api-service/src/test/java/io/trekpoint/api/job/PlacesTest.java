package io.trekpoint.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places();

    @Test
    void givesEachCallerSoManyAndNoMore() {
        assertThat(places.take("a", 2)).isPresent();
        assertThat(places.take("a", 2)).isPresent();
        assertThat(places.take("a", 2)).isEmpty();
        assertThat(places.take("b", 2)).isPresent();
        assertThat(places.take("c", 0)).isEmpty();
    }

    @Test
    void takesAPlaceBackOnceHoweverOftenItIsClosed() {
        Places.Place first = places.take("a", 2).orElseThrow();
        assertThat(places.take("a", 2)).isPresent();
        first.close();
        first.close();
        assertThat(places.take("a", 2)).isPresent();
        assertThat(places.take("a", 2)).isEmpty();
    }
}
