package io.trekpoint.system.nativeimage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Our types that Jackson reads or writes in a service, as far as its byte code says: bodies in the
 * signatures of resource methods and exception mappers, records whose class object is handed around
 * (to a reader of JSON), type references, objects handed to a JSON writer or to a response as its
 * entity, and all that is reached from those. Not seen: an object that is handed over as a plain
 * {@code Object} or inside a collection.
 */
final class JsonTypes {

    private final Set<Class<?>> types = new LinkedHashSet<>();

    /** Collects the types of these classes of ours. */
    static Set<Class<?>> of(Iterable<JavaClass> classes) {
        var found = new JsonTypes();
        classes.forEach(found::collect);
        return found.types;
    }

    private void collect(JavaClass it) {
        Class<?> type = it.reflect();
        it.getMethods().stream()
                .filter(JsonTypes::answersRequests)
                .map(JavaMethod::reflect)
                .forEach(this::bodiesOf);
        it.getCodeUnits().stream().flatMap(JsonTypes::recordsNamedIn).forEach(this::reach);
        if (TypeReference.class.equals(type.getSuperclass())) {
            reach(type.getGenericSuperclass());
        }
        handedOver(type).forEach(this::reach);
    }

    private static boolean answersRequests(JavaMethod method) {
        return method.isMetaAnnotatedWith(HttpMethod.class)
                || method.isAnnotatedWith(ServerExceptionMapper.class);
    }

    private void bodiesOf(Method method) {
        reach(method.getGenericReturnType());
        if (!method.isAnnotationPresent(ServerExceptionMapper.class)) {
            Stream.of(method.getParameters())
                    .filter(JsonTypes::isBody)
                    .map(Parameter::getParameterizedType)
                    .forEach(this::reach);
        }
    }

    /** The body is the parameter that no annotation of JAX-RS takes from elsewhere. */
    private static boolean isBody(Parameter parameter) {
        return Stream.of(parameter.getAnnotations())
                .map(Annotation::annotationType)
                .map(Class::getPackageName)
                .noneMatch(name ->
                        name.startsWith("jakarta.ws.rs") || name.startsWith("org.jboss.resteasy"));
    }

    private static Stream<Class<?>> recordsNamedIn(JavaCodeUnit code) {
        return code.getReferencedClassObjects().stream()
                .map(reference -> reference.getRawType())
                .filter(type -> type.getPackageName().startsWith("io.trekpoint"))
                .<Class<?>>map(JavaClass::reflect)
                .filter(type -> type.isRecord() || type.isSealed());
    }

    private static Set<Class<?>> handedOver(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no " + file);
            }
            var model = ClassFile.of().parse(in.readAllBytes());
            return new HandedToJson(type.getClassLoader()).in(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reach(Type type) {
        switch (type) {
            case Class<?> it when it.isArray() -> reach(it.getComponentType());
            case Class<?> it when it.getName().startsWith("io.trekpoint") -> {
                if (types.add(it)) {
                    members(it).forEach(this::reach);
                }
            }
            case ParameterizedType it -> {
                reach(it.getRawType());
                Stream.of(it.getActualTypeArguments()).forEach(this::reach);
            }
            case GenericArrayType it -> reach(it.getGenericComponentType());
            case WildcardType it -> Stream.of(it.getUpperBounds()).forEach(this::reach);
            default -> {}
        }
    }

    private static Stream<Type> members(Class<?> type) {
        if (type.isEnum()) {
            return Stream.empty();
        }
        if (type.isSealed()) {
            return Stream.of(type.getPermittedSubclasses());
        }
        if (type.isRecord()) {
            return Stream.of(type.getRecordComponents())
                    .map(component -> component.getGenericType());
        }
        return Stream.of(type.getMethods())
                .filter(method ->
                        method.getParameterCount() == 0
                                && method.getName().matches("(get|is)[A-Z].*"))
                .map(Method::getGenericReturnType);
    }
}
