package io.trekpoint.system.product;

import java.util.function.Function;

/**
 * A request that must be refused.
 *
 * @param what what is wrong with it
 * @param request sends it
 * @param status the status of the answer
 * @param type the name of the problem
 * @param named what the problem must name, in its field or its detail
 */
public record Refusal(
        String what, Function<Product, Answer> request, int status, String type, String named) {
    @Override
    public String toString() {
        return what;
    }
}
