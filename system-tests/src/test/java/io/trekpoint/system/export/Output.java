package io.trekpoint.system.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Gpx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The formats of outputs, each with what makes a document one of them. */
enum Output {
    GEOJSON("geojson", "application/geo+json", "geojson") {
        @Override
        void check(Answer result) {
            assertThat(result.json().path("type").asText()).isEqualTo("FeatureCollection");
            assertThat(result.json().path("features").isArray()).isTrue();
        }
    },
    GPX11("gpx11", "application/gpx+xml", "gpx") {
        @Override
        void check(Answer result) {
            Path schema = Gpx.realPath("xsd/gpx11.xsd");
            try {
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(schema.toFile())
                        .newValidator()
                        .validate(new StreamSource(new ByteArrayInputStream(result.body())));
            } catch (SAXException e) {
                throw new AssertionError("not GPX 1.1: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    KML("kml", "application/vnd.google-earth.kml+xml", "kml") {
        @Override
        void check(Answer result) {
            Element root = parsed(result.body());
            assertThat(root.getLocalName()).isEqualTo("kml");
            assertThat(root.getNamespaceURI()).isEqualTo("http://www.opengis.net/kml/2.2");
        }
    };

    private final String parameter;
    private final String mediaType;
    private final String extension;

    Output(String parameter, String mediaType, String extension) {
        this.parameter = parameter;
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** Fails unless a result is a document of this format. */
    abstract void check(Answer result);

    String parameter() {
        return parameter;
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return extension;
    }

    private static Element parsed(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getDocumentElement();
        } catch (SAXException e) {
            throw new AssertionError("not XML: " + e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
