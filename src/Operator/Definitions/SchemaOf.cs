using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace Plimsoll.Operator.Definitions;

/// <summary>
/// The structural schema of a record (OpenAPI v3, as <c>apiextensions.k8s.io/v1</c> takes it). What its constructor asks for is required, what has a default gets it, and everything
/// has a bound: without one, the server has no estimate of what a rule costs.
/// </summary>
internal static class SchemaOf
{
    const int LongestText = 4096, LongestList = 64;

    static readonly NullabilityInfoContext Nullability = new();

    public static V1JSONSchemaProps Type(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var schema = new V1JSONSchemaProps { Type = "object", Properties = new Dictionary<string, V1JSONSchemaProps>(), Required = [], XKubernetesValidations = Rules(type) };
        foreach (var parameter in constructor.GetParameters())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            schema.Properties[name] = Of(parameter);
            if (!parameter.HasDefaultValue && Nullability.Create(parameter).WriteState is NullabilityState.NotNull)
                schema.Required.Add(name);
        }
        schema.Required = schema.Required.Count == 0 ? null : schema.Required;
        return schema;
    }

    static V1JSONSchemaProps Of(ParameterInfo parameter)
    {
        var schema = Plain(parameter.ParameterType, parameter);
        schema.Description = parameter.GetCustomAttribute<DescriptionAttribute>()?.Description;
        if (Rules(parameter) is { } rules)
            schema.XKubernetesValidations = [.. schema.XKubernetesValidations ?? [], .. rules];
        if (parameter.GetCustomAttribute<RegularExpressionAttribute>() is { } expression)
            schema.Pattern = expression.Pattern;
        if (parameter.GetCustomAttribute<RangeAttribute>() is { } range)
            (schema.Minimum, schema.Maximum) = (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        if (parameter.GetCustomAttribute<FilledAttribute>() is not null)
            schema.DefaultProperty = new Dictionary<string, object>();
        else if (parameter is { HasDefaultValue: true, DefaultValue: { } value })
            schema.DefaultProperty = value is Enum ? Enum.GetName(value.GetType(), value)! : value;
        return schema;
    }

    static V1JSONSchemaProps Plain(Type type, ParameterInfo parameter)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var (least, most) = Bounds(parameter);
        if (type == typeof(string))
            return new V1JSONSchemaProps { Type = "string", MinLength = least, MaxLength = most ?? LongestText };
        if (type == typeof(bool))
            return new V1JSONSchemaProps { Type = "boolean" };
        if (type == typeof(int) || type == typeof(long))
            return new V1JSONSchemaProps { Type = "integer", Format = type == typeof(int) ? "int32" : "int64" };
        if (type == typeof(DateTimeOffset) || type == typeof(DateTime))
            return new V1JSONSchemaProps { Type = "string", Format = "date-time" };
        if (type.IsEnum)
            return new V1JSONSchemaProps { Type = "string", EnumProperty = [.. Enum.GetNames(type)] };
        // What it means is for somebody else to say.
        if (type == typeof(JsonObject))
            return new V1JSONSchemaProps { Type = "object", XKubernetesPreserveUnknownFields = true };
        if (type == typeof(V1Condition))
            return Condition();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return new V1JSONSchemaProps { Type = "array", MinItems = least, MaxItems = most ?? LongestList, Items = Item(type.GetGenericArguments()[0]) };
        return Type(type);
    }

    static V1JSONSchemaProps Item(Type type) => type == typeof(string) ? new V1JSONSchemaProps { Type = "string", MaxLength = 256 } : type == typeof(V1Condition) ? Condition() : Type(type);

    static (int? Least, int? Most) Bounds(ParameterInfo parameter) => parameter.GetCustomAttribute<LengthAttribute>() is { } length ? (length.MinimumLength, length.MaximumLength) : (null, null);

    static List<V1ValidationRule>? Rules(ICustomAttributeProvider on) =>
        on.GetCustomAttributes(typeof(RuleAttribute), false).Cast<RuleAttribute>().Select(one => new V1ValidationRule { Rule = one.Rule, Message = one.Message }).ToList() is { Count: > 0 } rules ? rules : null;

    // metav1.Condition, as every controller writes it.
    static V1JSONSchemaProps Condition() => new()
    {
        Type = "object", Required = ["type", "status", "lastTransitionTime", "reason", "message"],
        Properties = new Dictionary<string, V1JSONSchemaProps>
        {
            ["type"] = new() { Type = "string", MaxLength = 316 }, ["status"] = new() { Type = "string", EnumProperty = ["True", "False", "Unknown"] },
            ["observedGeneration"] = new() { Type = "integer", Format = "int64", Minimum = 0 }, ["lastTransitionTime"] = new() { Type = "string", Format = "date-time" },
            ["reason"] = new() { Type = "string", MaxLength = 1024 }, ["message"] = new() { Type = "string", MaxLength = 32768 },
        },
    };
}
