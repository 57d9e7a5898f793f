using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Tells the OpenAPI document what it cannot see in a handler: headers, ranges, and the answers that all of a sort have.</summary>
internal static class DocumentedEndpoints
{
    public static RouteHandlerBuilder TakesList(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesValidationProblem()
        .Change(operation =>
        {
            Describe(operation, "search", JsonSchemaType.String, "Literal text, in any case, that an entry must hold");
            Describe(operation, "sort", JsonSchemaType.String, "The field to sort by, after '-' for the reverse");
            Describe(operation, "page", JsonSchemaType.Integer, "Which page, from 1").Minimum = "1";
            var size = Describe(operation, "pageSize", JsonSchemaType.Integer, "How many entries a page holds");
            size.Minimum = "1";
            size.Maximum = ListPages.Largest.ToString(CultureInfo.InvariantCulture);
            size.Default = JsonValue.Create(ListPages.Usual);
        });

    /// <summary>A body that is checked, and stored if it is sound.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .Produces(StatusCodes.Status415UnsupportedMediaType);

    public static RouteHandlerBuilder TakesIfMatch(this RouteHandlerBuilder endpoint, bool isRequired) => endpoint
        .Change(operation => (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = "If-Match",
            In = ParameterLocation.Header,
            Required = isRequired,
            Description = "The ETag of the version that was read, or * for whatever is there",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        }));

    public static RouteHandlerBuilder GivesETag(this RouteHandlerBuilder endpoint) => endpoint.Gives("ETag", "The entry's version, for If-Match");

    public static RouteHandlerBuilder GivesLocation(this RouteHandlerBuilder endpoint) => endpoint.Gives("Location", "The address of the new entry");

    public static RouteHandlerBuilder Change(this RouteHandlerBuilder endpoint, Action<OpenApiOperation> change) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            change(operation);
            return Task.CompletedTask;
        });

    /// <summary>Says more of a query parameter than that it is text.</summary>
    public static OpenApiSchema Describe(OpenApiOperation operation, string name, JsonSchemaType type, string description)
    {
        var parameter = (OpenApiParameter)operation.Parameters!.Single(parameter => parameter.Name == name);
        var schema = new OpenApiSchema { Type = type };
        parameter.Description = description;
        parameter.Schema = schema;
        return schema;
    }

    /// <summary>A header of the answers that went well.</summary>
    static RouteHandlerBuilder Gives(this RouteHandlerBuilder endpoint, string header, string description) => endpoint.Change(operation =>
    {
        foreach (var (_, response) in operation.Responses!.Where(pair => pair.Key[0] == '2'))
        {
            var headers = ((OpenApiResponse)response).Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            headers[header] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    });
}
