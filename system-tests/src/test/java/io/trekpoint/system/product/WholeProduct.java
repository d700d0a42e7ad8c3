package io.trekpoint.system.product;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one product to all tests that leave it as they found it. It is started for the first of
 * them and closed after the last test of the run.
 */
public final class WholeProduct implements ParameterResolver {
    /** The largest body that its gateway takes, in bytes. */
    public static final int LARGEST_BODY = 4 * 1024 * 1024;

    private static final ExtensionContext.Namespace PLACE =
            ExtensionContext.Namespace.create(WholeProduct.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(PLACE)
                .computeIfAbsent("product", _ -> start(), Product.class);
    }

    private static Product start() {
        return Plan.named("whole")
                .with("TREK_GATEWAY_MAX_BODY", String.valueOf(LARGEST_BODY))
                .person(Person.client("stranger", "partner"))
                .person(Person.client("thrifty", "pro"))
                .start();
    }
}
