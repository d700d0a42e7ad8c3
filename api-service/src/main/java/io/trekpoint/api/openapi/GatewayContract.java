package io.trekpoint.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Completes, while the service is built, what the annotations of the resources say of the contract.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class GatewayContract implements OASFilter {
    /** Made by the framework. */
    public GatewayContract() {}

    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        openApi.servers(
                List.of(
                        OASFactory.createServer()
                                .url("/")
                                .description("The gateway that has served this document")));
        JobOperations.describe(openApi);
        new ContractTerms(openApi).state();
    }
}
