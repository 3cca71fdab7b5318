/**
 * Pages for people: one HTML file that holds all it shows.
 *
 * <p>A {@link dev.mlctl.page.Page} is made of sections, a section of {@link
 * dev.mlctl.page.Element}s: tables, lists and charts as inline SVG. Nothing is fetched and nothing
 * runs: there is no script, font or image, and the page's own Content-Security-Policy forbids them,
 * so that a report can be mailed, archived and opened years later. The style sheet is {@code
 * page.css}, named in the policy by its digest; elements therefore carry classes and SVG attributes
 * but never a style.
 *
 * <p>All that enters is text and is escaped on its way out, in {@code Element} alone. What comes
 * out is HTML that is XML as well, so that a test can parse it. Colours are Okabe and Ito's (2008),
 * which people who see colours differently can tell apart, and lines differ by their dashes too.
 *
 * <p>Charts are drawn 420 units wide: on a phone that is the width of the screen with letters still
 * large enough, on a desk three stand in a row. Charts with axes are drawn through {@link
 * dev.mlctl.page.Plot}. The same arguments give the same bytes: there is no clock here and no
 * locale.
 *
 * <p>A new kind of chart enters as one class that gives an {@code Element}.
 */
package dev.mlctl.page;
