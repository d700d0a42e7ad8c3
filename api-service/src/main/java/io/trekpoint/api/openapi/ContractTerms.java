package io.trekpoint.api.openapi;

import io.trekpoint.api.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * States for every operation what holds whoever wrote it: who may call, which problems may come,
 * which headers an answer has. Said here once, so that no resource can forget it.
 */
final class ContractTerms {
    private static final Map<String, String> TAGS = tags();
    private static final String API_KEY = "apiKey";
    private static final String BEARER = "bearer";

    private final OpenAPI contract;
    private final Components components;

    ContractTerms(OpenAPI contract) {
        this.contract = contract;
        Components there = contract.getComponents();
        this.components = there == null ? OASFactory.createComponents() : there;
        contract.setComponents(components);
    }

    private static Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("submit", "Taking jobs in: one operation for each type of job");
        tags.put("jobs", "Looking at jobs, waiting for them, cancelling them");
        tags.put("results", "What jobs have made");
        tags.put("me", "Who calls, and what is left of its limits and quotas");
        tags.put("status", "How this gateway does, for operators");
        return tags;
    }

    void state() {
        TAGS.forEach((name, about) ->
                contract.addTag(OASFactory.createTag().name(name).description(about)));
        secure();
        for (ProblemType type : ProblemType.ALL) {
            components.addExample(
                    type.name(),
                    OASFactory.createExample()
                            .summary(type.problem().title())
                            .value(type.example()));
        }
        describeProblemTypes();
        AnswerHeader.ALL.forEach(header -> components.addHeader(header.name(), header.described()));
        contract.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations()
                                .forEach((method, operation) ->
                                        state(GatewayCall.of(method, path), operation)));
    }

    private void secure() {
        components.addSecurityScheme(
                API_KEY,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("X-API-Key")
                        .description(
                                "A key of the client's own. Without key and token a caller is refused, unless"
                                        + " operators have switched the flag gateway.anonymous on: then it is"
                                        + " counted by its address."));
        components.addSecurityScheme(
                BEARER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("A token of the issuer that operators have set."));
        contract.setSecurity(List.of(requirement(API_KEY), requirement(BEARER)));
    }

    private static SecurityRequirement requirement(String scheme) {
        return OASFactory.createSecurityRequirement().addScheme(scheme);
    }

    /** The field's description names every type; there will be more, so that they are no enum. */
    private void describeProblemTypes() {
        Map<String, Schema> schemas = components.getSchemas();
        Schema problem = schemas == null ? null : schemas.get("Problem");
        if (problem == null || problem.getProperties() == null) {
            throw new IllegalStateException("the contract has no schema of problems");
        }
        Schema type = problem.getProperties().get("type");
        if (type == null) {
            throw new IllegalStateException("the schema of problems has no type");
        }
        type.setDescription(
                "Names the kind of problem, and does not change. Known today: "
                        + ProblemType.ALL.stream()
                                .map(known -> known.problem().type())
                                .distinct()
                                .collect(Collectors.joining(", ")));
        type.setExamples(
                ProblemType.ALL.stream()
                        .map(known -> (Object) known.problem().type())
                        .distinct()
                        .toList());
    }

    private static void state(GatewayCall call, Operation operation) {
        if (operation.getOperationId() == null) {
            operation.setOperationId(call.operationId());
        }
        operation.setTags(List.of(call.tag()));
        if (!GatewayCall.ofCallers().contains(call)) {
            operation.setSecurity(new ArrayList<>());
        }
        APIResponses responses = operation.getResponses();
        Map<Integer, List<ProblemType>> byStatus = new TreeMap<>();
        for (ProblemType type : ProblemType.of(call)) {
            byStatus.computeIfAbsent(type.problem().status(), _ -> new ArrayList<>()).add(type);
        }
        byStatus.forEach(
                (status, types) -> responses.addAPIResponse(String.valueOf(status), answer(types)));
        responses.setDefaultValue(answer(ProblemType.anywhere()));
        responses.getAPIResponses().forEach((status, answer) -> addHeaders(call, status, answer));
    }

    private static APIResponse answer(List<ProblemType> types) {
        MediaType problem =
                OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        for (ProblemType type : types) {
            problem.addExample(
                    type.name(),
                    OASFactory.createExample().ref("#/components/examples/" + type.name()));
        }
        return OASFactory.createAPIResponse()
                .description(
                        types.stream()
                                .map(ProblemType::name)
                                .collect(Collectors.joining(", ", "A problem: ", "")))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem));
    }

    private static void addHeaders(GatewayCall call, String status, APIResponse answer) {
        for (AnswerHeader header : AnswerHeader.ALL) {
            if (header.comes().test(call, status)) {
                answer.addHeader(
                        header.name(),
                        OASFactory.createHeader().ref("#/components/headers/" + header.name()));
            }
        }
    }

    /** A schema of text. */
    static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
