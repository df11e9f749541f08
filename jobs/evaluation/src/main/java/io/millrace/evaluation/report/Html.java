package io.millrace.evaluation.report;

import java.util.List;

/** Writes HTML. Whatever is text is escaped; attributes and tags come from this program alone. */
final class Html {

  private final StringBuilder out = new StringBuilder();

  /** How a cell looks. */
  enum Look {
    TEXT(""),
    NUMBER(" class=\"number\""),
    GOOD(" class=\"number good\""),
    BAD(" class=\"number bad\"");

    private final String attribute;

    Look(String attribute) {
      this.attribute = attribute;
    }
  }

  /** A cell of a table. */
  record Cell(String text, Look look) {
    static Cell text(String text) {
      return new Cell(text, Look.TEXT);
    }

    static Cell number(String text) {
      return new Cell(text, Look.NUMBER);
    }
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Markup of this program; holds nothing of the data. */
  Html markup(String trusted) {
    out.append(trusted);
    return this;
  }

  Html text(String text) {
    out.append(escape(text));
    return this;
  }

  Html heading(String text) {
    return markup("<h2>").text(text).markup("</h2>\n");
  }

  Html paragraph(String text) {
    return markup("<p>").text(text).markup("</p>\n");
  }

  Html note(String text) {
    return markup("<p class=\"note\">").text(text).markup("</p>\n");
  }

  /**
   * A table.
   *
   * @param headers of the columns; those from the second on stand over numbers unless the cells are
   *     text
   */
  Html table(String caption, List<String> headers, List<List<Cell>> rows) {
    markup("<div class=\"scroll\"><table><caption>")
        .text(caption)
        .markup("</caption>\n<thead><tr>");
    for (int i = 0; i < headers.size(); i++) {
      boolean number = !rows.isEmpty() && rows.get(0).get(i).look() != Look.TEXT;
      markup(number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
          .text(headers.get(i))
          .markup("</th>");
    }
    markup("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : rows) {
      markup("<tr>");
      for (int i = 0; i < row.size(); i++) {
        Cell cell = row.get(i);
        markup(i == 0 ? "<th scope=\"row\">" : "<td" + cell.look().attribute + ">")
            .text(cell.text())
            .markup(i == 0 ? "</th>" : "</td>");
      }
      markup("</tr>\n");
    }
    return markup("</tbody></table></div>\n");
  }

  /** A place for a chart, which the page's script fills and shows. */
  Html chart(String id, String caption, boolean tall) {
    return markup("<figure class=\"chart" + (tall ? " tall" : "") + "\" hidden>")
        .markup("<figcaption>")
        .text(caption)
        .markup("</figcaption><div><canvas id=\"" + id + "\" role=\"img\" aria-label=\"")
        .text(caption)
        .markup("\"></canvas></div></figure>\n");
  }

  /** What only few want to see. */
  Html details(String summary, Html content) {
    return markup("<details><summary>")
        .text(summary)
        .markup("</summary>\n" + content.out + "</details>\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
