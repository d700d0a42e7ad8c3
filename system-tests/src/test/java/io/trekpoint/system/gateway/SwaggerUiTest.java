package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page that shows the contract is a part of the packaged gateway, and may run its scripts. */
@ExtendWith(WholeProduct.class)
class SwaggerUiTest {
    @Test
    void servesThePageWithWhatItNeeds(Product product) {
        Caller anyone = product.gateway().caller();

        Answer page = anyone.get("/q/swagger-ui/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).contains("/q/openapi", "swagger-ui-bundle.js");
        assertThat(page.header("Content-Security-Policy")).isEmpty();
        assertThat(anyone.get("/q/swagger-ui/swagger-ui-bundle.js").status()).isEqualTo(200);
    }
}
