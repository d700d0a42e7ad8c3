package io.trekpoint.api.openapi;

import io.trekpoint.lanes.gpx.GpxType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Describes the one method that takes jobs once for each type, with the type's own parameters. */
final class JobOperations {
    /** Where the document is a part of a form, none of them need be in the query. */
    private static final String MUST =
            "; must be given, here or in the part parameters of a form and not in both";

    private static final String TEMPLATE = "/v1/jobs/{type}";

    private JobOperations() {}

    static void describe(OpenAPI openApi) {
        PathItem template = openApi.getPaths().getPathItem(TEMPLATE);
        Map<String, PathItem> paths = new LinkedHashMap<>();
        for (GpxType type : GpxType.values()) {
            paths.put(
                    TEMPLATE.replace("{type}", type.label()),
                    OASFactory.createPathItem().POST(operation(type, template.getPOST())));
        }
        openApi.getPaths()
                .getPathItems()
                .forEach((path, item) -> {
                    if (!path.equals(TEMPLATE)) {
                        paths.put(path, item);
                    }
                });
        openApi.getPaths().setPathItems(paths);
    }

    private static Operation operation(GpxType type, Operation template) {
        List<Parameter> parameters = new ArrayList<>();
        for (TypeParameter parameter : TypeParameters.of(type)) {
            parameters.add(parameter(parameter));
        }
        template.getParameters().stream()
                .filter(parameter -> parameter.getIn() != Parameter.In.PATH)
                .forEach(parameters::add);
        return OASFactory.createOperation()
                .operationId(type.label())
                .tags(template.getTags())
                .summary(TypeParameters.summary(type))
                .description(template.getDescription())
                .parameters(parameters)
                .requestBody(
                        OASFactory.createRequestBody()
                                .required(true)
                                .description(template.getRequestBody().getDescription())
                                .content(content(template.getRequestBody().getContent())))
                .responses(new TypeExamples(type).in(template.getResponses()))
                .security(template.getSecurity());
    }

    private static Content content(Content documents) {
        Schema file =
                OASFactory.createSchema()
                        .addType(SchemaType.ARRAY)
                        .items(
                                OASFactory.createSchema()
                                        .addType(SchemaType.STRING)
                                        .format("binary"));
        Schema form =
                OASFactory.createSchema()
                        .addType(SchemaType.OBJECT)
                        .addProperty("file", file)
                        .addProperty(
                                "parameters",
                                OASFactory.createSchema()
                                        .addType(SchemaType.OBJECT)
                                        .description(
                                                "The parameters of the query, as a JSON object"))
                        .addRequired("file");
        Content all = OASFactory.createContent();
        documents.getMediaTypes().forEach(all::addMediaType);
        MediaType multipart =
                OASFactory.createMediaType()
                        .schema(form)
                        .example(
                                Map.of(
                                        "file",
                                        List.of("<gpx version=\"1.1\" creator=\"a hiker\"/>"),
                                        "parameters",
                                        Map.of("mode", "strict")));
        return all.addMediaType("multipart/form-data", multipart);
    }

    private static Parameter parameter(TypeParameter described) {
        Parameter parameter =
                OASFactory.createParameter()
                        .name(described.name())
                        .in(Parameter.In.QUERY)
                        .description(described.description() + (described.required() ? MUST : ""));
        return switch (described.type()) {
            case OBJECT, ARRAY ->
                    parameter.content(
                            OASFactory.createContent()
                                    .addMediaType(
                                            "application/json",
                                            OASFactory.createMediaType()
                                                    .schema(schema(described))
                                                    .example(described.example())));
            case STRING, NUMBER, INTEGER, BOOLEAN, NULL ->
                    parameter.schema(schema(described)).example(described.example());
        };
    }

    private static Schema schema(TypeParameter described) {
        Schema schema = OASFactory.createSchema().addType(described.type());
        described.words().forEach(schema::addEnumeration);
        TypeParameter.Bounds bounds = described.bounds();
        if (bounds != null) {
            schema.minimum(whole(bounds.least())).maximum(whole(bounds.most()));
        }
        if (described.usual() != null) {
            schema.defaultValue(described.usual());
        }
        return described.type() == SchemaType.ARRAY
                ? schema.items(OASFactory.createSchema().addType(SchemaType.OBJECT))
                : schema;
    }

    private static BigDecimal whole(double bound) {
        return new BigDecimal((long) bound);
    }
}
