using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Calls;

/// <summary>The values that a request has for the params of a part: from its meta first, then from the part request, in order.</summary>
internal readonly ref struct ParamValues(PartModel part, RequestMeta meta, IReadOnlyList<PartRequestParam> given) : IPathValues
{
    readonly PartModel _part = part;
    readonly RequestMeta _meta = meta;
    readonly IReadOnlyList<PartRequestParam> _given = given;

    /// <inheritdoc/>
    public string? First(string name)
    {
        foreach (var param in _part.Params)
        {
            if (param.In == ParamKind.Path && param.Name == name)
            {
                return First(param);
            }
        }

        return null;
    }

    public string? First(ParamModel param)
    {
        foreach (var value in Of(param))
        {
            return value;
        }

        return null;
    }

    public Enumerator Of(ParamModel param) => new(MetaOf(param.Meta), param.InputName, _given);

    string? MetaOf(MetaField field) => field switch
    {
        MetaField.None => null,
        MetaField.ServiceId => _meta.ServiceId,
        MetaField.UserId => _meta.UserId,
        MetaField.SessionId => _meta.SessionId,
        MetaField.RequestUrl => _meta.RequestUrl,
        MetaField.UserAgent => _meta.UserAgent,
    };

    /// <summary>Walks the values of one param.</summary>
    public ref struct Enumerator(string? meta, string inputName, IReadOnlyList<PartRequestParam> given)
    {
        int _next = meta is null ? 0 : -1;

        public string Current { get; private set; } = "";

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next < 0)
            {
                _next = 0;
                Current = meta!;
                return true;
            }

            while (_next < given.Count)
            {
                var (key, value) = given[_next++];
                if (key == inputName)
                {
                    Current = value;
                    return true;
                }
            }

            return false;
        }
    }
}
