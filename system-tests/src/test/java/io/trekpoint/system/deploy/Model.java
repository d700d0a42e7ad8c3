package io.trekpoint.system.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The official Kubernetes model of each kind that the base and the examples use. */
final class Model {

    private Model() {}

    /**
     * Refuses a document that the model does not know.
     *
     * @throws IllegalArgumentException if a field is unknown, misplaced or of another type, if one
     *     that is required is missing, or if the kind is not one of ours
     */
    static void validate(JsonNode document) {
        JsonElement json = JsonParser.parseString(document.toString());
        String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
        try {
            switch (kind) {
                case "v1 ServiceAccount" -> V1ServiceAccount.validateJsonElement(json);
                case "v1 Service" -> V1Service.validateJsonElement(json);
                case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(json);
                case "apps/v1 Deployment" -> V1Deployment.validateJsonElement(json);
                case "apps/v1 StatefulSet" -> V1StatefulSet.validateJsonElement(json);
                case "policy/v1 PodDisruptionBudget" ->
                        V1PodDisruptionBudget.validateJsonElement(json);
                case "networking.k8s.io/v1 Ingress" -> V1Ingress.validateJsonElement(json);
                case "networking.k8s.io/v1 NetworkPolicy" ->
                        V1NetworkPolicy.validateJsonElement(json);
                default -> throw new IllegalArgumentException("no model is named here for " + kind);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
