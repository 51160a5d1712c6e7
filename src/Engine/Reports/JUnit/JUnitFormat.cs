using System.Text;
using System.Xml;

namespace Plimsoll.Engine.Reports.JUnit;

/// <summary>
/// A report as JUnit XML, which CI systems show as tests: a suite for each image with a case for each check, for the secrets and for each
/// rule of the policy. It keeps to what the schemas of Ant and of Jenkins have in common. The times are zero, the moment is that of the
/// image: the same report gives the same bytes.
/// </summary>
public static class JUnitFormat
{
    static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>Writes UTF-8 with a newline at the end.</summary>
    public static void Write(Report report, Stream output)
    {
        using (var xml = XmlWriter.Create(output, Settings))
        {
            xml.WriteStartElement("testsuites");
            foreach (var (suite, id) in report.Images.Select(Suite.Of).Concat(report.Failures.Select(Suite.Of)).Select((suite, id) => (suite, id)))
                Write(suite, id, xml);
            xml.WriteEndElement();
        }
        output.WriteByte((byte)'\n');
    }

    static void Write(Suite suite, int id, XmlWriter xml)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", XmlText.Token(suite.Name) is { Length: > 0 } name ? name : "image");
        xml.WriteAttributeString("package", "plimsoll");
        Number("id", id);
        xml.WriteAttributeString("timestamp", suite.Moment);
        xml.WriteAttributeString("hostname", "localhost");
        Number("tests", suite.Cases.Count);
        Number("failures", suite.Cases.Count(one => one.Problem?.Kind == "failure"));
        Number("errors", suite.Cases.Count(one => one.Problem?.Kind == "error"));
        Number("skipped", suite.Cases.Count(one => one.Problem?.Kind == "skipped"));
        xml.WriteAttributeString("time", "0");
        xml.WriteStartElement("properties");
        foreach (var (key, value) in suite.Properties)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", key);
            xml.WriteAttributeString("value", XmlText.Clean(value));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        foreach (var one in suite.Cases)
            Write(one, xml);
        xml.WriteElementString("system-out", XmlText.Clean(string.Join('\n', suite.Notes)));
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();

        void Number(string attribute, int value) => xml.WriteAttributeString(attribute, XmlConvert.ToString(value));
    }

    static void Write(Case one, XmlWriter xml)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", XmlText.Token(one.Name));
        xml.WriteAttributeString("classname", one.Class);
        xml.WriteAttributeString("time", "0");
        if (one.Problem is { } problem)
        {
            xml.WriteStartElement(problem.Kind);
            // The schemas give a skipped case no attributes.
            if (problem.Type is { } type)
            {
                xml.WriteAttributeString("message", XmlText.Token(problem.Message));
                xml.WriteAttributeString("type", type);
            }
            xml.WriteString(XmlText.Clean(problem.Type is null ? $"{problem.Message}\n{problem.Text}" : problem.Text));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }
}
