namespace Plimsoll.Engine.Reports.Html;

/// <summary>How a container of the image starts. Of the environment only the names: values may be secret.</summary>
internal static class ConfigurationPart
{
    public static void Write(ConfigReport config, string id, HtmlWriter page)
    {
        page.Write($"<section id=\"{id}-configuration\">\n<h3>Configuration</h3>\n<dl class=\"config\">\n");
        Text("User", config.User.Length == 0 ? "root, since none is named" : config.User);
        Words("Entrypoint", config.Entrypoint);
        Words("Command", config.Cmd);
        Text("Working directory", config.WorkingDir.Length == 0 ? "/" : config.WorkingDir);
        Words("Environment", config.Env);
        Words("Ports", config.ExposedPorts);
        Words("Volumes", config.Volumes);
        Text("Health check", config.HealthCheck ?? "none");
        if (config.StopSignal is { } signal)
            Text("Stop signal", signal);
        page.Write($"</dl>\n");
        Labels(config.Labels, page);
        page.Write($"</section>\n");

        void Text(string name, string value) => page.Write($"<dt>{name}</dt><dd><code>{value}</code></dd>\n");

        void Words(string name, IReadOnlyList<string> words)
        {
            if (words.Count == 0)
                return;
            page.Write($"<dt>{name}</dt><dd>");
            foreach (var word in words)
                page.Write($"<code>{word}</code> ");
            page.Write($"</dd>\n");
        }
    }

    static void Labels(IReadOnlyDictionary<string, string> labels, HtmlWriter page)
    {
        if (labels.Count == 0)
            return;
        page.Write($"<details class=\"list\"><summary>Labels <small>{labels.Count}</small></summary>\n<table>\n<caption>Labels</caption>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
        foreach (var (name, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            page.Write($"<tr><th scope=\"row\"><code>{name}</code></th><td>{value}</td></tr>\n");
        page.Write($"</tbody>\n</table>\n</details>\n");
    }
}
