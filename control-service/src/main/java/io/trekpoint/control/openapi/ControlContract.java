package io.trekpoint.control.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.trekpoint.control.problem.Problem;
import io.trekpoint.control.problem.ProblemType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/**
 * Completes, while the service is built, what the resources say of the contract: who may call what,
 * and how it may be refused. Said here once, so that no resource can forget it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ControlContract implements OASFilter {
    private static final Set<ProblemType> ANYWHERE =
            EnumSet.of(
                    ProblemType.NOT_FOUND,
                    ProblemType.METHOD_NOT_ALLOWED,
                    ProblemType.NOT_ACCEPTABLE,
                    ProblemType.INTERNAL,
                    ProblemType.REFUSED);

    /** Made by the framework. */
    public ControlContract() {}

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        contract.servers(
                List.of(
                        OASFactory.createServer()
                                .url("/")
                                .description("The control service that has served this document")));
        contract.setSecurity(List.of(requirement("apiKey"), requirement("bearer")));
        contract.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations()
                                .forEach((method, operation) ->
                                        complete(
                                                ControlCall.of(method, path, operation),
                                                operation)));
    }

    private static void complete(ControlCall call, Operation operation) {
        secure(call, operation);
        APIResponses answers = operation.getResponses();
        Map<Integer, List<ProblemType>> byStatus = new TreeMap<>();
        for (ProblemType type : ProblemType.values()) {
            if (call.mayEndWith(type)) {
                byStatus.computeIfAbsent(type.status(), _ -> new ArrayList<>()).add(type);
            }
        }
        // What the framework guesses from a body has nothing in it.
        if (!call.isOfrep()) {
            answers.removeAPIResponse("400");
        }
        byStatus.forEach((status, types) ->
                answers.addAPIResponse(String.valueOf(status), refusal(types.stream())));
        answers.setDefaultValue(refusal(ANYWHERE.stream()));
        answers.getAPIResponses().forEach(ControlContract::addHeaders);
    }

    private static void secure(ControlCall call, Operation operation) {
        if (!call.isGuarded()) {
            operation.setSecurity(new ArrayList<>());
        } else if (call.isInit()) {
            operation.setSecurity(List.of(requirement("initToken")));
        } else if (call.isEvents()) {
            operation.setSecurity(
                    List.of(
                            requirement("apiKey"),
                            requirement("bearer"),
                            requirement("eventTicket")));
        }
    }

    private static SecurityRequirement requirement(String scheme) {
        return OASFactory.createSecurityRequirement().addScheme(scheme);
    }

    private static APIResponse refusal(Stream<ProblemType> types) {
        return OASFactory.createAPIResponse()
                .description(
                        types.map(ProblemType::urn)
                                .map(urn -> urn.substring(urn.lastIndexOf(':') + 1))
                                .collect(Collectors.joining(", ", "A problem: ", "")))
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        Problem.MEDIA_TYPE,
                                        OASFactory.createMediaType()
                                                .schema(
                                                        OASFactory.createSchema()
                                                                .ref(
                                                                        "#/components/schemas/Problem"))));
    }

    private static void addHeaders(String status, APIResponse answer) {
        addHeader(answer, "X-Request-Id");
        switch (status) {
            case "401" -> addHeader(answer, "WWW-Authenticate");
            case "429", "503" -> addHeader(answer, "Retry-After");
            default -> {}
        }
    }

    private static void addHeader(APIResponse answer, String name) {
        answer.addHeader(name, OASFactory.createHeader().ref("#/components/headers/" + name));
    }
}
