package io.trekpoint.system.nativeimage;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.classfile.attribute.LocalVariableTableAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is handed to a writer of JSON, or to a response as its entity, in the code of one
 * class: the type of the last value that was computed before the call. Such calls take their object
 * last; of a conditional expression it is the second branch that is seen.
 */
final class HandedToJson {

    private static final Set<String> WRITERS =
            Set.of(
                    "com.fasterxml.jackson.databind.ObjectMapper.writeValue",
                    "com.fasterxml.jackson.databind.ObjectMapper.writeValueAsBytes",
                    "com.fasterxml.jackson.databind.ObjectMapper.writeValueAsString",
                    "com.fasterxml.jackson.databind.ObjectMapper.valueToTree",
                    "com.fasterxml.jackson.databind.ObjectWriter.writeValue",
                    "com.fasterxml.jackson.databind.ObjectWriter.writeValueAsBytes",
                    "com.fasterxml.jackson.databind.ObjectWriter.writeValueAsString",
                    "jakarta.ws.rs.core.Response$ResponseBuilder.entity",
                    "jakarta.ws.rs.core.Response.ok",
                    "org.jboss.resteasy.reactive.RestResponse$ResponseBuilder.entity",
                    "org.jboss.resteasy.reactive.RestResponse$ResponseBuilder.ok",
                    "org.jboss.resteasy.reactive.RestResponse$ResponseBuilder.create",
                    "org.jboss.resteasy.reactive.RestResponse.status",
                    "org.jboss.resteasy.reactive.RestResponse.ok");

    private final ClassLoader loader;

    HandedToJson(ClassLoader loader) {
        this.loader = loader;
    }

    Set<Class<?>> in(ClassModel model) {
        var types = new LinkedHashSet<Class<?>>();
        for (var method : model.methods()) {
            method.code().ifPresent(code -> in(code, types));
        }
        return types;
    }

    private void in(CodeModel code, Set<Class<?>> types) {
        Optional<ClassDesc> last = Optional.empty();
        int position = 0;
        for (CodeElement element : code.elementList()) {
            if (element instanceof Instruction instruction) {
                if (instruction instanceof InvokeInstruction call && writes(call)) {
                    last.flatMap(this::ours).ifPresent(types::add);
                }
                last = computed(instruction, code, position);
                position += instruction.sizeInBytes();
            }
        }
    }

    private static boolean writes(InvokeInstruction call) {
        String owner = call.owner().asInternalName().replace('/', '.');
        return WRITERS.contains(owner + "." + call.name().stringValue());
    }

    private static Optional<ClassDesc> computed(
            Instruction instruction, CodeModel code, int position) {
        return switch (instruction) {
            case InvokeInstruction call when call.name().equalsString("<init>") ->
                    Optional.of(call.owner().asSymbol());
            case InvokeInstruction call -> Optional.of(call.typeSymbol().returnType());
            case FieldInstruction field -> Optional.of(field.typeSymbol());
            case TypeCheckInstruction cast when cast.opcode() == Opcode.CHECKCAST ->
                    Optional.of(cast.type().asSymbol());
            case LoadInstruction load -> variable(code, load.slot(), position);
            default -> Optional.empty();
        };
    }

    private static Optional<ClassDesc> variable(CodeModel code, int slot, int position) {
        List<LocalVariableInfo> variables =
                code.findAttribute(Attributes.localVariableTable())
                        .map(LocalVariableTableAttribute::localVariables)
                        .orElse(List.of());
        return variables.stream()
                .filter(it ->
                        it.slot() == slot
                                && it.startPc() <= position
                                && position < it.startPc() + it.length())
                .map(LocalVariableInfo::typeSymbol)
                .findFirst();
    }

    private Optional<Class<?>> ours(ClassDesc type) {
        if (!type.isClassOrInterface() || !type.packageName().startsWith("io.trekpoint")) {
            return Optional.empty();
        }
        try {
            String name =
                    type.descriptorString()
                            .substring(1, type.descriptorString().length() - 1)
                            .replace('/', '.');
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
