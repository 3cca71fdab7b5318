package dev.mlctl.page;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page read by a parser that forgives nothing. */
public final class Xhtml {
  private Xhtml() {}

  /** The page; fails the test when it is not well-formed. */
  public static Document parse(String html) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(html)));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  /** All elements in document order. */
  public static List<org.w3c.dom.Element> elements(Document page) {
    NodeList nodes = page.getElementsByTagName("*");
    List<org.w3c.dom.Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((org.w3c.dom.Element) nodes.item(i));
    }
    return elements;
  }
}
