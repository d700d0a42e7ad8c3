package io.trekpoint.system.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Each package is a slice of its own, one inside another included. */
final class EachPackage implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass it) {
        return SliceIdentifier.of(it.getPackageName());
    }

    @Override
    public String getDescription() {
        return "packages";
    }
}
