package io.trekpoint.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.api.job.JobExamples;
import io.trekpoint.lanes.gpx.GpxTaskJson;
import io.trekpoint.lanes.gpx.GpxTaskParser;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.Target;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** What the answers to the submit of one type look like: the usual job views, told of that type. */
final class TypeExamples {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GpxType type;

    TypeExamples(GpxType type) {
        this.type = type;
    }

    /** The answers of a template, with examples of the type. */
    APIResponses in(APIResponses template) {
        return OASFactory.createAPIResponses()
                .addAPIResponse("202", answer(template, "202", "queued", view(JobExamples.QUEUED)))
                .addAPIResponse("200", answer(template, "200", "succeeded", succeeded()));
    }

    private static APIResponse answer(
            APIResponses template, String status, String name, ObjectNode view) {
        return OASFactory.createAPIResponse()
                .description(template.getAPIResponse(status).getDescription())
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        "application/json",
                                        OASFactory.createMediaType()
                                                .schema(
                                                        OASFactory.createSchema()
                                                                .ref(
                                                                        "#/components/schemas/JobView"))
                                                .addExample(
                                                        name,
                                                        OASFactory.createExample()
                                                                .value(
                                                                        JSON.convertValue(
                                                                                view,
                                                                                Map.class)))));
    }

    private ObjectNode view(String ofAnother) {
        try {
            ObjectNode view = (ObjectNode) JSON.readTree(ofAnother);
            view.put("type", type.label());
            view.set("parameters", parameters());
            return view;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example is not JSON", e);
        }
    }

    private ObjectNode succeeded() {
        ObjectNode view = view(JobExamples.SUCCEEDED);
        ObjectNode result = (ObjectNode) view.path("result");
        result.put("type", type.label());
        ((ObjectNode) result.path("output")).put("mediaType", mediaType());
        return view;
    }

    /** As a job has them that was asked for what it must be, and no more. */
    private ObjectNode parameters() {
        ObjectNode given = JSON.createObjectNode();
        for (TypeParameter parameter : TypeParameters.of(type)) {
            if (parameter.required()) {
                given.set(parameter.name(), JSON.valueToTree(parameter.example()));
            }
        }
        if (type == GpxType.PRIVACY) {
            given.put("stripTime", true);
        }
        return (ObjectNode) JSON.valueToTree(GpxTaskJson.of(GpxTaskParser.parse(type, given)));
    }

    private String mediaType() {
        return switch (type) {
            case IMPORT, SIMPLIFY, EDIT, PRIVACY -> Target.GPX11.mediaType();
            case STATS, VALIDATE -> "application/json";
            case CONVERT, EXPORT -> Target.GEOJSON.mediaType();
            case PROFILE -> "image/svg+xml";
        };
    }
}
