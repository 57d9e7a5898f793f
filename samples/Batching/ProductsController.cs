using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Tutti.Samples.Batching;

/// <summary>Products, by a controller.</summary>
[ApiController]
[Route("products")]
public sealed class ProductsController(Basket basket) : ControllerBase
{
    [HttpGet("{id:int}")]
    public ActionResult<object> Find(int id) => id > 9 ? NotFound() : new { id, name = $"Product {id}", basket = basket.Number };

    [HttpPost]
    public ActionResult<NewOrder> Check(NewOrder order) => order.Count > 0 ? order : BadRequest("Count must be above zero");

    [HttpGet("secret")]
    [Authorize(Roles = "admin")]
    public ActionResult<string> Secret() => new JsonResult("the prices of tomorrow");
}
