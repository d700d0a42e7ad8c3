package io.trekpoint.system.gateway;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Product;
import java.util.function.Function;

/**
 * A request that must be refused.
 *
 * @param what what is wrong with it
 * @param request sends it
 * @param status the status of the answer
 * @param type the name of the problem
 * @param named what the problem must name, as its field or in its detail
 */
record Refusal(
        String what, Function<Product, Answer> request, int status, String type, String named) {
    @Override
    public String toString() {
        return what;
    }
}
