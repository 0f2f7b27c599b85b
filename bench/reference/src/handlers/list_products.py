"""GET /v1.0/products"""
from typing import Any, Dict

from src.exceptions.product_exceptions import exception_to_response
from src.services.product_service import ProductService
from src.logger import get_logger
from src.response_builder import ResponseBuilder

logger = get_logger(__name__)


def handler(event: Dict[str, Any], context: Any) -> Dict[str, Any]:
    request_id = context.aws_request_id
    logger.info("Processing request", extra={"request_id": request_id})
    try:
        products = ProductService().list_products()
        logger.info("Request completed successfully", extra={"request_id": request_id})
        return ResponseBuilder.ok({"products": [p.model_dump() for p in products]})
    except Exception as e:
        logger.error(
            "Request failed", extra={"request_id": request_id, "error": str(e)}, exc_info=True
        )
        return exception_to_response(e)
